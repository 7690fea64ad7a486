// expect: (implicit declaration of|undeclared) function .cf_with
// Without the include nothing is known.

int main(void)
{
    cf_with (pool, cf_thread_pool()) {  // here
        cf_submit(pool, square, 7);
    }
}

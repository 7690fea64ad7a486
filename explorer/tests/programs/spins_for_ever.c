// Never ends, and touches nothing on the way.
int main(void)
{
    for (;;) {
    }
}

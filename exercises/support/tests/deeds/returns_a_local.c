// Uses a local variable of a function that has returned, in a way that the
// compiler does not see.

void deed(void);

static int *volatile gone;

static void point_at(int *variable)
{
    gone = variable;
}

static void (*volatile point)(int *variable) = point_at;

__attribute__((noinline)) static void point_at_local(void)
{
    int local = 1;
    point(&local);
}

void deed(void)
{
    point_at_local();
    *gone = 2;
}

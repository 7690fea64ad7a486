void deed(void);

static volatile int forever = 1;

void deed(void)
{
    while (forever) {
    }
}

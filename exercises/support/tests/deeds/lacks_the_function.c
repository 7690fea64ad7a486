// Has the right function under a wrong name.

void dead(void);

void dead(void)
{
}

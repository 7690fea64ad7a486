// Does nothing: passes.

void deed(void);

void deed(void)
{
}

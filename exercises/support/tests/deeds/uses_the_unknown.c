// Uses a function that nobody has written.

void deed(void);
void finish_this_later(void);

void deed(void)
{
    finish_this_later();
}

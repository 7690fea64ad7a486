// Calls a function of the test's, as a learner's code does.

void say(const char *text);
void deed(void);

void deed(void)
{
    say("one");
    say("two");
}

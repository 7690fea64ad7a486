// Calls itself until the stack is used up.
static int deeper(int depth)
{
    char room[4096];
    room[0] = (char)depth;
    return deeper(depth + 1) + room[0];
}

int main(void)
{
    return deeper(0);
}

// Defines nothing of the contract.
static const int unused = 1;

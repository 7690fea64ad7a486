// A gate of wb_test.h, as its checks see it.

#ifndef GATE_H
#define GATE_H

#include "wb_test.h"

// What a gate has seen, as of one moment.
struct wb_gate gate_look(const struct wb_gate *gate);

#endif

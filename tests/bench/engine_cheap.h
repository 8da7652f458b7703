/* What stands in the places of the costly operations in the cheap model. */
#define EXP(a) ((a)*0.5)
#define LOG(a) ((a)-0.25)
#define POW(a, b) ((a) * (b))
#define SQRT(a) ((a) + 0.5)
#define DIV(a, b) ((a) * (b))
#define TABLE(facts, row, column) ((row) + (column))
#define CURVE(facts, x) ((x)-1)

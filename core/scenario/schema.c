#include "scenario/schema.h"

#include <math.h>

bool schema_is_whole(const struct schema *schema, double value)
{
    double declared = value / schema->unit_scale;
    return fabs(declared - round(declared)) <= 1e-12 * fabs(declared);
}

/* Prints the hash of each kind of work; for tests/bits/run. */
#include "bits.h"

int main(void)
{
    for (size_t i = 0; i < COUNT_OF(works); i++) {
        uint64_t hash = 0;
        if (!same_in_all_ways(works[i].name, works[i].work, &hash))
            return 1;
        printf("%s %016llx\n", works[i].name, (unsigned long long)hash);
    }
    return 0;
}

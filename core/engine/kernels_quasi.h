/* Part of kernels_source.h: quasi-random numbers, and facts drawn together. */
/* --- the scrambled Sobol' sequence ----------------------------------------------------------- */

enum { SOBOL_RUN = 256 }; /* points whose indices differ in the last 8 digits alone */

/* Points index..index + count, all in one run: the other digits' part is the same for all. */
static void sobol_run(const struct sobol_dimension *dimension, const struct sobol_key *key,
                      uint64_t index, size_t count, double *restrict u)
{
    const uint32_t *d = dimension->direction;
    const uint32_t d0 = d[0], d1 = d[1], d2 = d[2], d3 = d[3];
    const uint32_t d4 = d[4], d5 = d[5], d6 = d[6], d7 = d[7];
    uint32_t upper = 0, low = (uint32_t)(index % SOBOL_RUN), x[SOBOL_RUN];
    for (uint32_t k = 8; k < SOBOL_DIGITS; k++)
        upper ^= (index >> k & 1) != 0 ? d[k] : 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t n = low + i;
        uint32_t digits = upper ^ (d0 & -(n & 1)) ^ (d1 & -(n >> 1 & 1)) ^ (d2 & -(n >> 2 & 1)) ^
                          (d3 & -(n >> 3 & 1)) ^ (d4 & -(n >> 4 & 1)) ^ (d5 & -(n >> 5 & 1)) ^
                          (d6 & -(n >> 6 & 1)) ^ (d7 & -(n >> 7 & 1));
        x[i] = sobol_reverse(sobol_scramble(digits, key->word));
    }
    for (size_t i = 0; i < count; i++)
        u[i] = sobol_unit(x[i]);
}

static void kernel_sobol(const struct sobol_dimension *dimension, const struct sobol_key *key,
                         uint64_t index, size_t count, double *u)
{
    for (size_t done = 0; done < count;) {
        size_t room = SOBOL_RUN - (size_t)((index + done) % SOBOL_RUN), rest = count - done;
        size_t part = rest < room ? rest : room;
        sobol_run(dimension, key, index + done, part, u + done);
        done += part;
    }
}

/* --- normal scores --------------------------------------------------------------------------- */

static void kernel_add_scores(double *restrict sum, double weight, double *restrict u, size_t count)
{
    normal_rows(u, count);
    for (size_t i = 0; i < count; i++)
        sum[i] += weight * u[i];
}

/* Scores beyond NORMAL_CHANCE_TAIL are rare: a row with one is done one by one. */
static void kernel_chances(double *restrict z, size_t count)
{
    const double least = 0x1p-53, most = 1 - 0x1p-53;
    double far = 0, chance[KERNEL_CHUNK];
    for (size_t i = 0; i < count; i++) {
        double size = fabs(z[i]), tail = normal_chance_tail(size);
        double outer = z[i] < 0 ? tail : 1 - tail, middle = normal_chance_middle(z[i]);
        chance[i] = size <= NORMAL_CHANCE_MIDDLE ? middle : outer;
        far = size <= NORMAL_CHANCE_TAIL ? far : 1;
    }
    for (size_t i = 0; i < count; i++) {
        double p = far == 0 ? chance[i] : math_normal_chance(z[i]);
        p = p < least ? least : p;
        z[i] = p > most ? most : p;
    }
}

/* Part of kernels_source.h: operations that may fail. */
/* --- operations that may fail ---------------------------------------------------------------- */

static double element(const struct operand *operand, size_t i)
{
    return operand->at[operand->runs ? i : 0];
}

/* Element by element, through op_apply(). */
static bool failing_slow(const struct failing *failing, double *out, size_t count, uint8_t *faults)
{
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        enum op_fault fault = OP_FAULT_NONE;
        double *scratch = failing->scratch;
        for (size_t a = 0; a < failing->first_count; a++)
            *scratch++ = element(&failing->first[a], i);
        for (size_t a = 0; a < failing->rest_count; a++)
            *scratch++ = element(&failing->rest[a], i);
        out[i] = op_apply(failing->op, failing->scratch, failing->first_count + failing->rest_count,
                          failing->columns, &fault);
        faults[i] = (uint8_t)fault;
        any = any || fault != OP_FAULT_NONE;
    }
    return any;
}

/* The elements of an operand as a row: its own, or `buffer` filled with what stands still. */
static const double *spread(const struct operand *operand, double *buffer, size_t count)
{
    if (operand->runs)
        return operand->at;
    for (size_t i = 0; i < count; i++)
        buffer[i] = operand->at[0];
    return buffer;
}

/* The places of rows and columns that are whole and inside, as bits of doubles beside 2^52. Returns
 * whether all are. */
static bool lookup_places(const double *restrict row, const double *restrict column,
                          uint64_t *restrict places, size_t rows, size_t columns, size_t count)
{
    const double height = (double)rows, width = (double)columns;
    double wild = 0;
    for (size_t i = 0; i < count; i++) {
        bool inside = (row[i] >= 0) & (row[i] < height) & (column[i] >= 0) & (column[i] < width);
        bool whole =
            (row[i] + 0x1p52 - 0x1p52 == row[i]) & (column[i] + 0x1p52 - 0x1p52 == column[i]);
        places[i] = math_bits(row[i] * width + column[i] + 0x1p52) & 0xffffffff;
        wild = (inside & whole) ? wild : 1;
    }
    return wild == 0;
}

/* From a table that stands still, where every place is inside. */
static bool lookup_quick(const struct failing *failing, double *restrict out, size_t count)
{
    double row_buffer[KERNEL_CHUNK], column_buffer[KERNEL_CHUNK];
    uint64_t places[KERNEL_CHUNK];
    const double *table = failing->table;
    const double *row = spread(&failing->first[0], row_buffer, count);
    const double *column = spread(&failing->first[1], column_buffer, count);
    size_t rows = failing->rest_count / failing->columns;
    if (!lookup_places(row, column, places, rows, failing->columns, count))
        return false;
    for (size_t i = 0; i < count; i++)
        out[i] = table[places[i]];
    return true;
}

static bool lookup_rows(const struct failing *failing, double *out, size_t count, uint8_t *faults)
{
    size_t rows = failing->rest_count / failing->columns;
    bool any = false;
    if (failing->table != NULL && lookup_quick(failing, out, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        enum op_fault fault = OP_FAULT_NONE;
        size_t place =
            op_lookup_place(element(&failing->first[0], i), element(&failing->first[1], i), rows,
                            failing->columns, &fault);
        out[i] = place == SIZE_MAX ? (double)NAN : element(&failing->rest[place], i);
        faults[i] = (uint8_t)fault;
        any = any || fault != OP_FAULT_NONE;
    }
    return any;
}

/* Whether all knots stand still, and rise. */
static bool knots_are_plain(const struct operand *knots, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (knots[k].runs || is_nan(*knots[k].at) ||
            (k > 0 && !op_knots_rise(*knots[k - 1].at, *knots[k].at)))
            return false;
    return true;
}

/* One knot after the other over the whole row; the segment found so far stands in four rows. */
static void interpolate_rows(double *restrict out, const struct failing *failing, size_t knots,
                             size_t count)
{
    double x_row[KERNEL_CHUNK], low_row[KERNEL_CHUNK], high_row[KERNEL_CHUNK];
    double x0[KERNEL_CHUNK], y0[KERNEL_CHUNK], x1[KERNEL_CHUNK], y1[KERNEL_CHUNK];
    const struct operand *xs = failing->rest, *ys = xs + knots;
    const double *x = spread(&failing->first[0], x_row, count);
    const double *first = spread(&ys[0], low_row, count);
    for (size_t i = 0; i < count; i++) {
        x0[i] = x1[i] = *xs[0].at;
        y0[i] = y1[i] = first[i];
    }
    for (size_t k = 1; k < knots; k++) {
        const double low_x = *xs[k - 1].at, high_x = *xs[k].at;
        const double *low = spread(&ys[k - 1], low_row, count);
        const double *high = spread(&ys[k], high_row, count);
        for (size_t i = 0; i < count; i++) {
            struct op_segment segment = {x0[i], y0[i], x1[i], y1[i]};
            segment = op_segment_pass(segment, x[i], low_x, low[i], high_x, high[i]);
            x0[i] = segment.x0;
            y0[i] = segment.y0;
            x1[i] = segment.x1;
            y1[i] = segment.y1;
        }
    }
    for (size_t i = 0; i < count; i++)
        out[i] = op_segment_value((struct op_segment){x0[i], y0[i], x1[i], y1[i]}, x[i]);
}

/* Where a value lies among knots that stand still: how many of them but the last it has reached. */
static void segment_places(const double *restrict x, const double *restrict xs, size_t knots,
                           double *restrict places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        places[i] = 0x1p52;
    size_t k = 0;
    for (; k + 4 < knots; k += 4) {
        const double x0 = xs[k], x1 = xs[k + 1], x2 = xs[k + 2], x3 = xs[k + 3];
        for (size_t i = 0; i < count; i++) {
            double two = (x[i] >= x0 ? 1.0 : 0.0) + (x[i] >= x1 ? 1.0 : 0.0);
            places[i] += two + ((x[i] >= x2 ? 1.0 : 0.0) + (x[i] >= x3 ? 1.0 : 0.0));
        }
    }
    for (; k + 1 < knots; k++) {
        const double at = xs[k];
        for (size_t i = 0; i < count; i++)
            places[i] += x[i] >= at ? 1.0 : 0.0;
    }
}

/* From a table of knots and values that stand still: place 0 is the segment before the first knot,
 * of no length. */
static void interpolate_quick(double *restrict out, const struct failing *failing, size_t knots,
                              size_t count)
{
    double buffer[KERNEL_CHUNK], places[KERNEL_CHUNK];
    const double *xs = failing->table, *ys = xs + knots;
    const double *x = spread(&failing->first[0], buffer, count);
    segment_places(x, xs, knots, places, count);
    for (size_t i = 0; i < count; i++) {
        uint64_t high = math_bits(places[i]) & 0xffffffff, low = high == 0 ? 0 : high - 1;
        struct op_segment segment = {xs[low], ys[low], xs[high], ys[high]};
        out[i] = op_segment_value(segment, x[i]);
    }
}

static void step_rows(const struct failing *failing, double *restrict out, size_t knots,
                      size_t count)
{
    double x_row[KERNEL_CHUNK], value_row[KERNEL_CHUNK];
    const struct operand *thresholds = failing->rest, *values = thresholds + knots;
    const double *x = spread(&failing->first[0], x_row, count);
    const double *below = spread(&failing->first[1], value_row, count);
    for (size_t i = 0; i < count; i++)
        out[i] = below[i];
    for (size_t k = 0; k < knots; k++) {
        const double threshold = *thresholds[k].at;
        const double *value = spread(&values[k], value_row, count);
        if (failing->op == OP_STEP_FROM)
            LOOP(op_step_from_pass(out[i], x[i], threshold, value[i]));
        else
            LOOP(op_step_over_pass(out[i], x[i], threshold, value[i]));
    }
    LOOP(is_nan(x[i]) ? x[i] : out[i]);
}

static bool kernel_failing(const struct failing *failing, double *out, size_t count,
                           uint8_t *faults)
{
    enum op op = failing->op;
    if (op == OP_LOOKUP)
        return lookup_rows(failing, out, count, faults);
    size_t knots = failing->rest_count / 2;
    bool steps = op == OP_STEP_FROM || op == OP_STEP_OVER;
    if ((!steps && op != OP_INTERPOLATE) || !knots_are_plain(failing->rest, knots))
        return failing_slow(failing, out, count, faults);
    if (steps)
        step_rows(failing, out, knots, count);
    else if (failing->table != NULL)
        interpolate_quick(out, failing, knots, count);
    else
        interpolate_rows(out, failing, knots, count);
    return false;
}

package dev.weft.loadbalance;

import java.util.function.IntToDoubleFunction;

/**
 * Earliest deadline first: item i comes up every 1/weight units of virtual time, which spreads the picks of heavy items evenly.
 * Ties go by order of insertion. Mutable and not safe for use by several threads at once; {@link EdfStripes} guards it.
 */
final class EdfSchedule {
    // A binary heap over three parallel arrays: no objects are moved about while picking.
    private final double[] deadlines;
    private final long[] orders;
    private final int[] items;
    private final IntToDoubleFunction weights;
    private long nextOrder;

    /**
     * A schedule of items 0 to {@code size - 1}.
     *
     * @param weights above 0; asked anew each time an item is put back
     * @param skip how many picks to make beforehand, so that not every client starts alike
     */
    EdfSchedule(int size, IntToDoubleFunction weights, int skip) {
        this.deadlines = new double[size];
        this.orders = new long[size];
        this.items = new int[size];
        this.weights = weights;
        for (int i = 0; i < size; i++) {
            place(i, 1 / weights.applyAsDouble(i), nextOrder++, i);
            siftUp(i);
        }
        for (int i = 0; i < skip; i++) {
            next();
        }
    }

    int next() {
        int item = items[0];
        place(0, deadlines[0] + 1 / weights.applyAsDouble(item), nextOrder++, item);
        siftDown();
        return item;
    }

    private void place(int at, double deadline, long order, int item) {
        deadlines[at] = deadline;
        orders[at] = order;
        items[at] = item;
    }

    private void siftUp(int from) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!before(at, parent)) {
                return;
            }
            swap(at, parent);
            at = parent;
        }
    }

    private void siftDown() {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= items.length) {
                return;
            }
            if (child + 1 < items.length && before(child + 1, child)) {
                child++;
            }
            if (!before(child, at)) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    private boolean before(int a, int b) {
        return deadlines[a] < deadlines[b] || (deadlines[a] == deadlines[b] && orders[a] < orders[b]);
    }

    private void swap(int a, int b) {
        double deadline = deadlines[a];
        long order = orders[a];
        int item = items[a];
        place(a, deadlines[b], orders[b], items[b]);
        place(b, deadline, order, item);
    }
}

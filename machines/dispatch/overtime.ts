/** GN-02: overtime a day at most. */
export const MOST_OVERTIME_MINUTES = 120

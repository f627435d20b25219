package dev.weft.samples.bookinfo.page;

/** A part of the page that another service fills, or fails to. */
sealed interface Section<T> {

    /** @param servedBy the instance that answered */
    record Filled<T>(T content, String servedBy) implements Section<T> {}

    /** @param problem for people */
    record Missing<T>(String problem) implements Section<T> {}
}

package dev.weft.samples.bookinfo.page;

/** A part of the page that another service fills, or fails to. */
sealed interface Section<T> {

    /** @param hop the call that brought it */
    record Filled<T>(T content, Hop hop) implements Section<T> {
        /** For the opening tag of its section. */
        String attributes() {
            return "data-served-by=\"" + Html.text(hop.servedBy()) + "\" data-caller=\"" + Html.text(hop.caller())
                    + '"';
        }
    }

    /** @param problem for people */
    record Missing<T>(String problem) implements Section<T> {}
}

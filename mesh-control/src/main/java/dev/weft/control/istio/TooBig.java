package dev.weft.control.istio;

/** Input that would cost more than configuration ever needs. Never leaves the package. */
final class TooBig extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String expectation;

    TooBig(int line, String expectation) {
        super(expectation, null, false, false);
        this.line = line;
        this.expectation = expectation;
    }

    int line() {
        return line;
    }

    String expectation() {
        return expectation;
    }
}

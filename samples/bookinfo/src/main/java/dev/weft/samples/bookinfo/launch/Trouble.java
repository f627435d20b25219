package dev.weft.samples.bookinfo.launch;

/** Something the user is told in words and without a stack trace. */
public final class Trouble extends Exception {
    private static final long serialVersionUID = 1;

    private final String words;

    public Trouble(String words) {
        super(words);
        this.words = words;
    }

    /** The same as the message, which is never absent here. */
    public String words() {
        return words;
    }
}

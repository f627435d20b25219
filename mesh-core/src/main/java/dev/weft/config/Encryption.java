package dev.weft.config;

/** What the port of a server takes. */
public enum Encryption {
    /** Plaintext only. */
    PLAINTEXT,
    /** TLS with certificates of the mesh on both sides only. */
    MUTUAL_TLS,
    /** Either, told apart by the first bytes of a connection. */
    BOTH;

    /** Whether a client may speak TLS to it. */
    public boolean takesTls() {
        return this != PLAINTEXT;
    }

    /** Whether a client may speak plaintext to it. */
    public boolean takesPlaintext() {
        return this != MUTUAL_TLS;
    }
}

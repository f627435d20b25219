package dev.weft.control.ads;

/** Where the push server gets resources from: the translator, or a test. Safe for use from any thread. */
public interface ResourceSource {

    /** What this client may see now. Called for each stream after each change, so a known class must be a look-up. */
    View view(ClientNode node);

    /**
     * Calls {@code changed} after each change, from any thread. The callee returns at once: it waits for quiet and then asks
     * for views again.
     *
     * @return ends the calls
     */
    Runnable onChange(Runnable changed);
}

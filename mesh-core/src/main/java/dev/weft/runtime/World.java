package dev.weft.runtime;

/**
 * What a mesh sees of the outside: clock, timers, dice.
 *
 * @param ticker clocks
 * @param timer delayed tasks
 * @param randomness dice
 */
public record World(Ticker ticker, Timer timer, Randomness randomness) {

    /** The machine's clocks, one shared timer thread, the JVM's dice. */
    public static World system() {
        return new World(Ticker.system(), Timer.system(), Randomness.system());
    }

    /** A world for tests: time stands still until it is advanced, dice are scripted. */
    public static ManualWorld manual() {
        return new ManualWorld();
    }
}

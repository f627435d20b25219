package dev.weft.control.store;

import dev.weft.config.ConfigProblem;

/** Problems as one line of a log: what was written in a file may hold anything. */
final class Words {
    private static final int MAX_LENGTH = 600;

    private Words() {}

    static String line(ConfigProblem problem) {
        String text = problem.toString();
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + " ...";
    }
}

package dev.weft.settings;

import java.util.Collection;
import java.util.List;

/**
 * One thing wrong with the settings of a mesh.
 *
 * @param setting in its one spelling: {@code controlPlane}
 * @param found what is wrong with it: {@code not set}
 * @param remedy what to do about it, in one line
 */
public record SettingProblem(String setting, String found, String remedy) {

    /**
     * Somebody wrote a name that nobody reads.
     *
     * @param name as written
     * @param origin for people
     * @param known all names that are read
     */
    public static SettingProblem unknown(String name, String origin, Collection<String> known) {
        return new SettingProblem(
                name, "unknown setting, from " + origin, "did you mean " + Nearest.of(name, known) + "?");
    }

    /** All problems as one text for people. */
    public static String message(List<SettingProblem> problems) {
        StringBuilder text = new StringBuilder(
                "Mesh cannot start, " + problems.size() + (problems.size() == 1 ? " problem:" : " problems:"));
        int width = problems.stream()
                .mapToInt(problem -> problem.setting.length())
                .max()
                .orElse(0);
        int indent = Math.max(16, width + 2);
        for (SettingProblem problem : problems) {
            text.append("\n  ").append(padded(problem.setting, indent));
            if (problem.found.length() < 20 && !problem.remedy.isEmpty()) {
                text.append(padded(problem.found, 20)).append(problem.remedy);
            } else {
                text.append(problem.found);
                if (!problem.remedy.isEmpty()) {
                    text.append("\n  ").append(" ".repeat(indent + 20)).append(problem.remedy);
                }
            }
        }
        return text.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}

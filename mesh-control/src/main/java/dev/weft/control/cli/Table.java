package dev.weft.control.cli;

import dev.weft.config.Printable;
import java.util.List;

/** Rows in columns as wide as their widest word. What stands in a cell may come from strangers: it steers no terminal. */
final class Table {
    private Table() {}

    /**
     * The rows as text.
     *
     * @param rows all of one length, the head first
     */
    static String render(List<List<String>> rows) {
        List<List<String>> shown = rows.stream()
                .map(row -> row.stream().map(Printable::of).toList())
                .toList();
        int[] widths = new int[shown.get(0).size()];
        for (List<String> row : shown) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : shown) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(row.get(column))
                        .append(" ".repeat(widths[column] - row.get(column).length() + 2));
            }
            out.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return out.toString();
    }
}

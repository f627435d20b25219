package dev.weft.control.istio;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers the documents of a file as Kubernetes' tools do: by the text between separator lines, comments alone counting as a
 * document, while a YAML parser sees none there.
 */
final class DocumentIndex {
    /** First line of each piece of text between separators, from 1. */
    private final List<Integer> starts = new ArrayList<>();

    private int last = -1;

    DocumentIndex(String text) {
        int line = 0;
        boolean fresh = true;
        for (String content : (Iterable<String>) text.lines()::iterator) {
            line++;
            if (separator(content)) {
                fresh = true;
            } else if (fresh) {
                starts.add(line);
                fresh = false;
            }
        }
    }

    private static boolean separator(String line) {
        if (!line.startsWith("---")) {
            return false;
        }
        String rest = line.substring(3).strip();
        return rest.isEmpty() || rest.startsWith("#");
    }

    /** The number of the document that begins in this line; to be asked in the order of the file. */
    int next(int line) {
        int index = 0;
        for (int low = 0, high = starts.size() - 1; low <= high; ) {
            int middle = (low + high) >>> 1;
            if (starts.get(middle) <= line) {
                index = middle;
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        last = Math.max(index, last + 1);
        return last;
    }
}

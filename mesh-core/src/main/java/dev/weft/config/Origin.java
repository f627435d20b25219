package dev.weft.config;

/**
 * Where a piece of configuration was written.
 *
 * @param resource as people name it: {@code VirtualService default/reviews http[1]}; empty if unknown
 * @param file file name, or empty
 * @param line from 1, or 0 if unknown
 */
public record Origin(String resource, String file, int line) {
    /** Somewhere; {@link #toString} is empty. */
    public static final Origin UNKNOWN = new Origin("", "", 0);

    @Override
    public String toString() {
        String place = file.isEmpty() ? "" : line > 0 ? file + ":" + line : file;
        return resource.isEmpty() ? place : place.isEmpty() ? resource : resource + " (" + place + ")";
    }
}

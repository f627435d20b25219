package dev.weft.control.istio;

import java.util.Map;

/**
 * What every resource has.
 *
 * @param kind as written, {@code VirtualService}
 * @param name of the resource
 * @param namespace where it applies; {@code default} unless written
 * @param labels of the resource
 * @param annotations of the resource
 * @param creation orders resources of equal rank, older first: the written creationTimestamp, and file order where there is none
 * @param file name of the file
 * @param document position in the file, from 0
 * @param line where it begins
 */
public record Meta(
        String kind,
        String name,
        String namespace,
        Map<String, String> labels,
        Map<String, String> annotations,
        String creation,
        String file,
        int document,
        int line) {
    public Meta {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** {@code VirtualService default/reviews}. */
    public String title() {
        return kind + " " + namespace + "/" + name;
    }
}

package dev.weft.samples.bookinfo.launch;

import java.util.List;
import java.util.Optional;

/** A state of the mesh to try: a VirtualService for reviews, one for ratings, and who may call whom. */
public enum Scene {
    ALL_V1("everybody sees reviews v1: no stars", "reviews-all-v1.yaml", "ratings-v1.yaml"),
    SPLIT("half see v1, half v3 with red stars", "reviews-50-v1-v3.yaml", "ratings-v1.yaml"),
    JASON_V2("only jason sees v2 with black stars", "reviews-jason-v2.yaml", "ratings-v1.yaml"),
    DELAY("jason's ratings come 7 s late", "reviews-jason-v2.yaml", "ratings-delay-7s.yaml"),
    TIMEOUT("... and jason waits only 1 s for reviews", "reviews-jason-v2-within-1s.yaml", "ratings-delay-7s.yaml"),
    ABORT("jason's ratings fail", "reviews-jason-v2.yaml", "ratings-abort-500.yaml"),
    EVERY_VERSION("all versions share the calls", "reviews-every-version.yaml", "ratings-v1.yaml"),
    DENIED(
            "reviews may not call ratings: jason sees 403",
            "reviews-jason-v2.yaml",
            "ratings-v1.yaml",
            "scenes/who-may-call-not-ratings.yaml"),
    GRPC("everybody sees v3, which asks both ratings over gRPC", "reviews-all-v3.yaml", "ratings-v1.yaml"),
    GRPC_SPLIT("... and every fourth call goes to ratings v2", "reviews-all-v3.yaml", "ratings-grpc-75-v1-25-v2.yaml"),
    GRPC_DENIED(
            "... and reviews may set stars over gRPC, but not read them: PERMISSION_DENIED",
            "reviews-all-v3.yaml",
            "ratings-v1.yaml",
            "scenes/who-may-call-not-get-ratings.yaml");

    /** The file with the policies. */
    public static final String WHO_MAY_CALL = "who-may-call.yaml";

    private final String words;
    private final List<Change> changes;

    Scene(String words, String reviews, String ratings) {
        this(words, reviews, ratings, WHO_MAY_CALL);
    }

    Scene(String words, String reviews, String ratings, String whoMayCall) {
        this.words = words;
        this.changes = List.of(
                new Change("scenes/" + reviews, "reviews.yaml"),
                new Change("scenes/" + ratings, "ratings.yaml"),
                new Change(whoMayCall, WHO_MAY_CALL));
    }

    /** For people. */
    public String words() {
        return words;
    }

    List<Change> changes() {
        return changes;
    }

    /** What a user types for it: 1, 2, ... */
    String key() {
        return String.valueOf(ordinal() + 1);
    }

    static Optional<Scene> ofKey(String key) {
        for (Scene scene : values()) {
            if (scene.key().equals(key)) {
                return Optional.of(scene);
            }
        }
        return Optional.empty();
    }

    /**
     * @param scene file in {@code mesh}
     * @param live file in the live directory that becomes a copy of it
     */
    record Change(String scene, String live) {}
}

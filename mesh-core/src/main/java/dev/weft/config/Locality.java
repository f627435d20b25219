package dev.weft.config;

/** Where something runs; parts may be empty. */
public record Locality(String region, String zone, String subZone) {
    /** Unknown. */
    public static final Locality NONE = new Locality("", "", "");
}

package dev.weft.config;

/**
 * One choice of a route.
 *
 * @param cluster name
 * @param weight 0 = never; relative to the others
 * @param request changes to the request when chosen
 * @param response changes to the response when chosen
 */
public record WeightedCluster(String cluster, int weight, HeaderOps request, HeaderOps response) {}

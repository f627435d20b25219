/**
 * gRPC channels side by side: gRPC's own with round_robin over fixed addresses, its xDS client fed by a real control plane, and the
 * mesh's channel fed by the same one.
 */
package dev.weft.benchmarks.grpc;

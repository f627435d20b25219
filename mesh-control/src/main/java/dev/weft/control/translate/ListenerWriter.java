package dev.weft.control.translate;

import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.translate.wire.Paths;
import dev.weft.control.translate.wire.Words;
import dev.weft.proto.envoy.config.core.v3.Address;
import dev.weft.proto.envoy.config.core.v3.SocketAddress;
import dev.weft.proto.envoy.config.core.v3.TrafficDirection;
import dev.weft.proto.envoy.config.listener.v3.ApiListener;
import dev.weft.proto.envoy.config.listener.v3.Filter;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.extensions.filters.http.cors.v3.Cors;
import dev.weft.proto.envoy.extensions.filters.http.fault.v3.HTTPFault;
import dev.weft.proto.envoy.extensions.filters.http.router.v3.Router;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.Rds;

/** Writes listeners: for libraries a word that leads to a route table, for Envoy a socket. */
final class ListenerWriter {
    private static final String LOOPBACK = "127.0.0.1";

    private final Caller caller;

    ListenerWriter(Caller caller) {
        this.caller = caller;
    }

    /**
     * A listener that is only a name.
     *
     * @param resource as it was asked for
     * @param table the route table it leads to
     */
    Listener named(String resource, String table) {
        return Listener.newBuilder()
                .setName(resource)
                .setApiListener(ApiListener.newBuilder().setApiListener(Words.any(connections(table))))
                .build();
    }

    /**
     * A listener that accepts connections on the loopback address: without redirection of traffic nothing else would reach it.
     *
     * @param port service port: the listener's and its route table's name
     */
    Listener socket(int port) {
        Filter connections = Filter.newBuilder()
                .setName("envoy.filters.network.http_connection_manager")
                .setTypedConfig(Words.any(connections(String.valueOf(port))))
                .build();
        return Listener.newBuilder()
                .setName(String.valueOf(port))
                .setAddress(Address.newBuilder()
                        .setSocketAddress(
                                SocketAddress.newBuilder().setAddress(LOOPBACK).setPortValue(port)))
                .addFilterChains(FilterChain.newBuilder().addFilters(connections))
                .setTrafficDirection(TrafficDirection.OUTBOUND)
                .build();
    }

    private HttpConnectionManager connections(String table) {
        HttpConnectionManager.Builder out = HttpConnectionManager.newBuilder()
                .setStatPrefix("outbound_" + table)
                .setRds(Rds.newBuilder().setConfigSource(Words.ADS).setRouteConfigName(table));
        Paths.write(caller.catalog().mesh().pathNormalization(), out);
        out.addHttpFilters(filter(FilterWriter.FAULT, HTTPFault.getDefaultInstance()));
        if (caller.kind() != Kind.GRPC) {
            out.addHttpFilters(filter(FilterWriter.CORS, Cors.getDefaultInstance()));
        }
        return out.addHttpFilters(filter("envoy.filters.http.router", Router.getDefaultInstance()))
                .build();
    }

    private static HttpFilter filter(String name, com.google.protobuf.Message config) {
        return HttpFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Words.any(config))
                .build();
    }
}

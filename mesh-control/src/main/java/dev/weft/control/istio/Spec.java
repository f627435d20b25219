package dev.weft.control.istio;

/** The part of a resource that is its own: one record per kind. */
public sealed interface Spec
        permits VirtualService,
                DestinationRule,
                ServiceEntry,
                WorkloadEntry,
                Sidecar,
                PeerAuthentication,
                RequestAuthentication,
                AuthorizationPolicy,
                RefusedPolicy,
                OtherSpec {}

package dev.weft.control.translate;

import dev.weft.control.ads.ClientNode.Kind;
import dev.weft.control.catalog.Hosts;
import dev.weft.control.catalog.Service;
import java.util.ArrayList;
import java.util.List;

/** The names by which callers know a host. */
final class Domains {
    private Domains() {}

    static List<String> of(Name name, Caller caller) {
        List<String> domains = new ArrayList<>();
        domains.add(name.host());
        if (!Hosts.isWildcard(name.host()) && caller.kind() != Kind.GRPC) {
            // gRPC-Java gives up on the whole channel over a name that ends in a dot.
            domains.add(name.host() + ".");
        }
        Service service = name.service();
        if (service != null) {
            addShortForms(service, caller, domains);
            // A range of addresses is nobody's name.
            service.addresses().stream()
                    .filter(address -> address.indexOf('/') < 0)
                    .forEach(domains::add);
        }
        return caller.kind() == Kind.GRPC ? withPorts(domains, name.port()) : domains;
    }

    private static void addShortForms(Service service, Caller caller, List<String> domains) {
        if (!service.host().equals(Hosts.registered(service.name(), service.namespace()))) {
            return;
        }
        List<String> forms = new ArrayList<>();
        if (service.namespace().equals(caller.client().namespace())) {
            forms.add(service.name());
        }
        forms.add(service.name() + "." + service.namespace() + ".svc");
        forms.add(service.name() + "." + service.namespace());
        // A short form that is itself the name of something means that.
        forms.stream().filter(form -> caller.service(form) == null).forEach(domains::add);
    }

    /** Stock gRPC compares the whole authority; Weft and Envoy leave the port out of it. */
    private static List<String> withPorts(List<String> domains, int port) {
        List<String> all = new ArrayList<>(domains.size() * 2);
        for (String domain : domains) {
            all.add(domain);
            all.add(domain + ":" + port);
        }
        return all;
    }
}

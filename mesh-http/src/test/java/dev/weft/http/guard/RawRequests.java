package dev.weft.http.guard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Requests that readers of HTTP disagree about, made from parts: each way to a place, times each spelling of its name. */
public final class RawRequests {
    /** Ways to the root that are none, or detours. */
    private static final List<String> WAYS = List.of(
            "/",
            "//",
            "///",
            "/./",
            "/%2e/",
            "/%2E/",
            "/x/../",
            "/x/%2e%2e/",
            "/x/.%2e/",
            "/x/%2E./",
            "/x/y/../../",
            "/public/../",
            "/public/./../",
            "/public/..;/",
            "/public/..;a=b/",
            "/public/%2e%2e;/",
            "/public/;/../",
            "/;/",
            "/;a=b/",
            "/.;/",
            "/./;x/",
            "/%3b/",
            "/%2f",
            "/%2F/",
            "/x%2f..%2f",
            "/public/..%2f",
            "/public/..%2F",
            "/public%2f../",
            "/public/..%5c",
            "/public/..%5C",
            "/public\\..\\",
            "\\",
            "/\\",
            "/%5c",
            "/public/%252e%252e/",
            "/public/..%252f",
            "/%00/",
            "/public/..%00/",
            "/public/%00../",
            "/public/%c0%ae%c0%ae/",
            "/public/..%c0%af",
            "/public/%e0%80%ae%e0%80%ae/",
            "/public/%f0%80%80%ae./",
            "/public/%uff0e%uff0e/",
            "/../",
            "/../../",
            "/%2e%2e/",
            "/public/.../../",
            "/public/..../",
            "/public/. ./",
            "/public/../../../",
            "/public//..//",
            "/public///../..//",
            "/public/x//../../",
            "/public/%2e%2e%2f",
            "/.%0d./",
            "/.%09/",
            "http://reviews/",
            "HTTP://reviews/",
            "http://reviews//",
            "http://reviews/x/../",
            "https://reviews/",
            "http://reviews:80/",
            "http://a@reviews/",
            "http://reviews\\",
            "http:/",
            "http:",
            "//reviews/",
            "ftp://reviews/",
            "?/../",
            "#/../",
            "/public/?/../",
            "/public/#/../",
            "/public/%3f/../",
            "/public/%23/../");

    /** Names of the protected place, and names that some reader takes for it. */
    private static final List<String> NAMES = List.of(
            "admin",
            "%61dmin",
            "a%64min",
            "%61%64%6d%69%6e",
            "%61%64%6D%69%6E",
            "admin;a=b",
            "admin;",
            ";x=y/admin",
            "admin%3ba=b",
            "admin%00",
            "admin%20",
            "admin.",
            "%2561dmin",
            "%c1%a1dmin",
            "admin%5c",
            "admin%2f",
            "admin?a=/public",
            "admin#/public",
            "ADMIN",
            "admin\t");

    private static final List<String> ENDS = List.of(
            "/",
            "/users",
            "//users",
            "/./",
            "/../admin",
            "/..;/admin",
            "/%2e%2e/admin",
            ";jsessionid=1",
            "/;/",
            "%2fusers",
            "%5cusers",
            "/%00",
            "?",
            "?a=b",
            "?/../public",
            "/..%2f..%2fpublic",
            "/../public/../admin",
            "/%2e",
            "/.",
            "..",
            "/.%2e",
            ";/../public",
            "/%c3%a9",
            "/%C3%A9",
            "/%",
            "/%z",
            "/%4",
            "/a%",
            "/%%61",
            "/\u00e9",
            "/|",
            "/{x}",
            "/^",
            "/\"",
            "/<x>",
            "/`");

    private RawRequests() {}

    /** A part of {@link #paths} that has each way, each name and each end once. */
    public static List<RawRequest> spellings() {
        List<RawRequest> requests = new ArrayList<>();
        WAYS.forEach(way -> requests.add(get("path", way + "admin")));
        NAMES.forEach(name -> requests.add(get("path", "/" + name)));
        ENDS.forEach(end -> requests.add(get("path", "/admin" + end)));
        return requests;
    }

    /** All that may lead to {@code /admin}. */
    static List<RawRequest> paths() {
        Set<String> targets = new LinkedHashSet<>();
        for (String way : WAYS) {
            for (String name :
                    way.startsWith("/public") || way.equals("/") || way.equals("//") ? NAMES : NAMES.subList(0, 7)) {
                targets.add(way + name);
            }
        }
        for (String end : ENDS) {
            for (String name : NAMES.subList(0, 3)) {
                targets.add("/" + name + end);
                targets.add("/public/../" + name + end);
            }
        }
        List<RawRequest> requests = new ArrayList<>();
        for (String target : targets) {
            requests.add(get("path", target));
        }
        return requests;
    }

    static List<RawRequest> requestLines() {
        List<RawRequest> requests = new ArrayList<>();
        String rest = "Host: reviews\r\nConnection: close\r\n\r\n";
        for (String method : List.of(
                "get",
                "Get",
                "gET",
                "POST",
                "post",
                "PUT",
                "DELETE",
                "delete",
                "HEAD",
                "head",
                "OPTIONS",
                "TRACE",
                "PATCH",
                "patch",
                "FOO",
                "foo",
                "PRI",
                "CONNECT",
                "connect",
                "PROPFIND",
                "G\u00cbT",
                "GET\u0000",
                "\u0000GET",
                "GET,",
                "\"GET\"",
                "GET:",
                "")) {
            requests.add(new RawRequest("method", method + " /admin HTTP/1.1\r\n" + rest, true));
            requests.add(new RawRequest("method", method + " /public/../admin HTTP/1.1\r\n" + rest, true));
        }
        for (String line : List.of(
                "GET  /admin HTTP/1.1",
                "GET\t/admin HTTP/1.1",
                "GET /admin  HTTP/1.1",
                "GET /admin\tHTTP/1.1",
                " GET /admin HTTP/1.1",
                "GET /admin HTTP/1.1 ",
                "GET /public /admin HTTP/1.1",
                "GET /admin /public HTTP/1.1",
                "GET /admin http/1.1",
                "GET /admin HTTP/1.2",
                "GET /admin HTTP/1.01",
                "GET /admin HTTP/2.0",
                "GET /admin HTTP/9.9",
                "GET /admin HTTP/11",
                "GET /admin HTTP/1.",
                "GET /admin XTTP/1.1",
                "GET /admin HTTP/0.9",
                "GET /admin\u0000 HTTP/1.1",
                "GET \u0000/admin HTTP/1.1",
                "GET /admin\u000b HTTP/1.1",
                "GET /admin\u00a0HTTP/1.1",
                "\r\nGET /admin HTTP/1.1",
                "\r\n\r\nGET /admin HTTP/1.1",
                "\nGET /admin HTTP/1.1",
                "GET admin HTTP/1.1",
                "GET ./admin HTTP/1.1",
                "GET * HTTP/1.1",
                "OPTIONS * HTTP/1.1",
                "GET *admin HTTP/1.1",
                "GET  HTTP/1.1",
                "GET HTTP/1.1",
                "CONNECT admin:80 HTTP/1.1",
                "CONNECT /admin HTTP/1.1",
                "GET admin:80 HTTP/1.1",
                "GET http://reviews HTTP/1.1",
                "GET http:///admin HTTP/1.1",
                "GET http://reviews?/admin HTTP/1.1",
                "GET http://reviews#/admin HTTP/1.1",
                "GET reviews/admin HTTP/1.1")) {
            requests.add(new RawRequest("line", line + "\r\n" + rest, !line.startsWith("CONNECT")));
        }
        requests.add(new RawRequest("line", "GET /admin HTTP/1.1\nHost: reviews\nConnection: close\n\n", false));
        requests.add(new RawRequest("line", "GET /admin HTTP/1.0\r\n\r\n", true));
        requests.add(new RawRequest(
                "line", "GET /admin HTTP/1.0\r\nHost: reviews\r\nConnection: keep-alive\r\n\r\n", false));
        requests.add(new RawRequest("line", "GET /admin\r\n\r\n", false));
        requests.add(new RawRequest("line", "GET /public HTTP/1.1\rGET /admin HTTP/1.1\r\n" + rest, true));
        return requests;
    }

    /** Two requests that some reader takes for one, or one that some reader takes for two. */
    static List<RawRequest> framing() {
        String inner = "GET /admin/smuggled HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n\r\n";
        String post = "POST /public/framing HTTP/1.1\r\nHost: reviews\r\n";
        String chunked = "Transfer-Encoding: chunked\r\n";
        List<RawRequest> requests = new ArrayList<>();
        for (String fields : List.of(
                "Content-Length: 5\r\n" + chunked,
                chunked + "Content-Length: 5\r\n",
                "Content-Length: 0\r\nContent-Length: 5\r\n",
                "Content-Length: 0, 5\r\n",
                "Content-Length: +0\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 0x0\r\n",
                "Content-Length: \r\n",
                "Content-Length : 0\r\n",
                "Content-Length\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding: Chunked\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: identity\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                chunked + "Transfer-Encoding: x\r\n",
                "Transfer-Encoding:\u000bchunked\r\n",
                "Transfer-Encoding: \"chunked\"\r\n",
                "Transfer-Encoding:\r\n chunked\r\n",
                "X: y\rTransfer-Encoding: chunked\r\n",
                "X: y\nTransfer-Encoding: chunked\r\n",
                "Content-Length: 99999999999999999999\r\n")) {
            requests.add(new RawRequest("framing", post + fields + "\r\n0\r\n\r\n" + inner, false));
            requests.add(new RawRequest("framing", post + fields + "\r\n" + inner, false));
        }
        for (String chunks : List.of(
                "0\r\n\r\n",
                "00000000000000000000\r\n\r\n",
                "0;a=b\r\n\r\n",
                "0\n\n",
                "0 \r\n\r\n",
                " 0\r\n\r\n",
                "0x0\r\n\r\n",
                "-0\r\n\r\n",
                "+0\r\n\r\n",
                "5\r\nabcde\r\n0\r\n\r\n",
                "5\r\nabcdeX0\r\n\r\n",
                "5\r\nabcde0\r\n\r\n",
                "5;\nabcde\r\n0\r\n\r\n",
                "g\r\n\r\n",
                "ffffffffffffffff1\r\nabc\r\n0\r\n\r\n",
                "0\r\nx-role: admin\r\n\r\n",
                "0\r\nHost: b\r\n\r\n",
                "0\r\n GET /admin HTTP/1.1\r\n\r\n",
                "5\rabcde\r\n0\r\n\r\n",
                "\r\n0\r\n\r\n")) {
            requests.add(new RawRequest("chunks", post + chunked + "\r\n" + chunks + inner, false));
        }
        return requests;
    }

    /** Ways to say that the caller is an admin. */
    static List<RawRequest> roles() {
        List<RawRequest> requests = new ArrayList<>();
        for (String field : List.of(
                "x-role: admin",
                "X-ROLE: admin",
                "X-Role:admin",
                "x-role:  admin  ",
                "x-role:\tadmin\t",
                "x-role: user\r\nx-role: admin",
                "x-role: admin\r\nx-role: user",
                "X-Role: a\r\nx-ROLE: admin\r\nx-role: b",
                "x-role:\r\n admin",
                "x-role:\r\n\tadmin",
                "x-role: \r\n admin\r\n ",
                "x-role:\n admin",
                "x-role : admin",
                "x-role\t: admin",
                " x-role: admin",
                "\tx-role: admin",
                "x-role: user\r\n x-role: admin",
                "x-role\u0000: admin",
                "x-role: admin\u0000",
                "x-role: \u0000admin",
                "x-role: \u000badmin",
                "x-role: admin\u000b",
                "x-role: user\rx-role: admin",
                "x-role: user\nx-role: admin",
                "x-role: \radmin",
                ":x-role: admin",
                "x-role:: admin",
                "x-role",
                "x-role:",
                "x-role: ",
                ": admin",
                "x-role\u00e9: admin",
                "x_role: admin",
                "x-role;: admin",
                "\"x-role\": admin",
                "x-role: user, admin",
                "x-role: admin,",
                "x-role: \u00a0admin",
                "x-role: admin\u00a0",
                "x-role: user\r\n\u0020\r\nx-role: admin",
                "Connection: x-role\r\nx-role: admin",
                "x-role: \u0085admin",
                "X: a\r\rx-role: admin",
                "X: \"a\r\nx-role: admin\"",
                "x-role: user\r\nX-Role : admin",
                "GET: y\r\nx-role: admin",
                "x-role: Admin",
                "x-role: user\u0000\r\nx-role:\tadmin")) {
            for (String version : List.of("1.1", "1.0")) {
                requests.add(new RawRequest(
                        "role",
                        "GET /public/role HTTP/" + version + "\r\nHost: reviews\r\n" + field
                                + "\r\nConnection: close\r\n\r\n",
                        !field.startsWith("Connection")));
            }
        }
        requests.add(new RawRequest(
                "role",
                "POST /public/role HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\nTrailer: x-role\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "0\r\nx-role: admin\r\n\r\n",
                true));
        return requests;
    }

    /** Ways to name the host {@code admin.example.com}. */
    static List<RawRequest> hosts() {
        List<RawRequest> requests = new ArrayList<>();
        for (String host : List.of(
                "Host: admin.example.com",
                "Host: ADMIN.example.COM",
                "host:admin.example.com",
                "Host: admin.example.com.",
                "Host: admin.example.com:80",
                "Host: admin.example.com:",
                "Host: admin.example.com.:80",
                "Host:\tadmin.example.com\t",
                "Host: admin.example.com:080",
                "Host: admin.example.com:99999",
                "Host: admin.example.com:x",
                "Host: x@admin.example.com",
                "Host: admin.example.com/",
                "Host: admin.example.com?x",
                "Host: admin.example.com#x",
                "Host: admin.example.com\\x",
                "Host: admin.example.com, reviews",
                "Host: reviews, admin.example.com",
                "Host: reviews\r\nHost: admin.example.com",
                "Host: admin.example.com\r\nHost: reviews",
                "Host: reviews\r\n admin.example.com",
                "Host:\r\n admin.example.com",
                "Host : admin.example.com",
                "Host: admin%2eexample.com",
                "Host: [admin.example.com]",
                "Host: admin.example.com\u0000",
                "Host: admin.example.com\u0000.x",
                "Host: http://admin.example.com",
                "Host: admin.example.com;x",
                "Host: \"admin.example.com\"",
                "Host: reviews\r\nX-Forwarded-Host: admin.example.com",
                "Host: reviews\r\nForwarded: host=admin.example.com",
                "Host: reviews\r\nX-Host: admin.example.com",
                "Host: reviews\nHost: admin.example.com",
                "Host: reviews\rHost: admin.example.com",
                "Host: admin.example.com..",
                "Host: .admin.example.com",
                "Host:",
                "X: y",
                "Host: admin.example.com\u00a0",
                "Host: admin.example.com%00")) {
            requests.add(new RawRequest(
                    "host", "GET /public/host HTTP/1.1\r\n" + host + "\r\nConnection: close\r\n\r\n", true));
            requests.add(new RawRequest("host", "GET /public/host HTTP/1.0\r\n" + host + "\r\n\r\n", true));
        }
        for (String target : List.of(
                "http://admin.example.com/public/host",
                "HTTP://ADMIN.EXAMPLE.COM/public/host",
                "http://admin.example.com:80/public/host",
                "http://admin.example.com./public/host",
                "http://x@admin.example.com/public/host",
                "http://reviews@admin.example.com/public/host",
                "http://admin.example.com@reviews/public/host",
                "http://reviews/public/host",
                "//admin.example.com/public/host",
                "http://admin.example.com\\@reviews/public/host",
                "http://admin.example.com?x=/public/host",
                "https://admin.example.com/public/host",
                "http://admin.example.com:/public/host",
                "http://[admin.example.com]/public/host",
                "admin.example.com:80")) {
            for (String host : List.of("Host: reviews\r\n", "Host: admin.example.com\r\n", "")) {
                requests.add(new RawRequest(
                        "host", "GET " + target + " HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n", true));
            }
        }
        return requests;
    }

    /** Ways to delete. */
    static List<RawRequest> methods() {
        List<RawRequest> requests = new ArrayList<>();
        for (String method : List.of(
                "DELETE",
                "delete",
                "Delete",
                "dELETE",
                "DELETE\u0000",
                " DELETE",
                "\tDELETE",
                "DELET\u00c9",
                "XDELETE",
                "DELETE,GET",
                "\r\nDELETE")) {
            requests.add(new RawRequest(
                    "delete", method + " /public/x HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n\r\n", true));
        }
        return requests;
    }

    /** Heads and framings that never end, or nearly. */
    static List<RawRequest> bombs() {
        String post = "POST /public/bomb HTTP/1.1\r\nHost: reviews\r\n";
        String chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
        List<RawRequest> requests = new ArrayList<>();
        for (String bytes : List.of(
                "G".repeat(1_000_000),
                "GET /public/" + "a".repeat(1_000_000),
                "GET /public/" + "../a/".repeat(100_000) + "../admin HTTP/1.1\r\nHost: reviews\r\n\r\n",
                "GET /public/" + "%2e%2e/".repeat(1_000) + "admin HTTP/1.1\r\nHost: reviews\r\n\r\n",
                "GET /public?" + "a&".repeat(500_000) + " HTTP/1.1\r\nHost: reviews\r\n\r\n",
                post + "x: " + "a".repeat(1_000_000),
                post + "a".repeat(1_000_000),
                post + "x: y\r\n".repeat(200_000),
                post + " folded\r\n".repeat(100_000),
                "\r\n".repeat(100_000) + "GET /admin HTTP/1.1\r\nHost: reviews\r\n\r\n",
                post + "Content-Length: 9223372036854775807\r\n\r\n" + "a".repeat(1_000_000),
                chunked + "0".repeat(1_000_000),
                chunked + "1;" + "a".repeat(1_000_000),
                chunked + "1;a=b\r\na\r\n".repeat(50_000),
                chunked + "7fffffffffffffff\r\n" + "a".repeat(1_000_000),
                chunked + "0\r\n" + "x: " + "a".repeat(1_000_000),
                chunked + "0\r\n" + "x: y\r\n".repeat(200_000))) {
            requests.add(new RawRequest("bomb", bytes, false));
        }
        return requests;
    }

    static RawRequest get(String group, String target) {
        return new RawRequest(group, "GET " + target + " HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n\r\n", true);
    }
}

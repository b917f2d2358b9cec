import Commerce
import Testing

@Suite("Where webhooks may go")
struct WebhookURLTests {
    @Test(
        "addresses that are not the public internet are refused, however they are written",
        arguments: [
            "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1",
            "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1",
            "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
            "239.255.255.255", "240.0.0.1", "255.255.255.255",
            "::1", "::", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8",
            "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1",
            "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "4000::1", "1::1",
        ])
    func forbidden(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(AddressBlock.forbidding(address) != nil)
        let host = address.isIPv6 ? "[\(text)]" : text
        #expect(throws: WebhookURLProblem.self) { try WebhookURL("https://\(host)/hook") }
        let url = try WebhookURL("https://example.com/hook")
        #expect(throws: WebhookURLProblem.self) { try url.vet([address]) }
    }

    @Test(
        "the neighbours of those blocks are public",
        arguments: [
            "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1",
            "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.167.255.255", "192.169.0.0",
            "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2001:4860:4860::8888",
        ])
    func permitted(text: String) throws {
        #expect(AddressBlock.forbidding(try #require(IPAddress(text))) == nil)
    }

    @Test(
        "URLs that are not plain https to a public name are refused",
        arguments: [
            "", "example.com/hook", "http://example.com/hook", "ftp://example.com/", "file:///etc/passwd",
            "gopher://example.com/", "https://", "https:///hook", "https://user:secret@example.com/",
            "https://user@example.com/", "https://example.com@127.0.0.1/", "https://example.com\\@127.0.0.1/",
            "https://example.com:22/", "https://example.com:80/", "https://example.com:0/", "https://example.com:x/",
            "https://example.com:/", "https://example.com:443:443/", "https://localhost/", "https://LOCALHOST./",
            "https://app.localhost/", "https://printer.local/", "https://db.internal/",
            "https://metadata.google.internal/",
            "https://intranet/", "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/",
            "https://0177.0.0.1/", "https://127.0.0.1./", "https://[::1]/", "https://[::ffff:127.0.0.1]/",
            "https://[fe80::1%25eth0]/", "https://[::1", "https://exa mple.com/", "https://example.com/\n",
            "https://example.com/#x", "https://ex%61mple.com/", "https://münchen.example/", "https://-a.example/",
            "https://a..example/", "https://999.1.1.1/", "https://1.2.3.0x7f/",
        ])
    func refusedURLs(text: String) {
        #expect(throws: WebhookURLProblem.self) { try WebhookURL(text) }
    }

    @Test(
        "plain https to a public name or address is taken",
        arguments: [
            ("https://your-app.com/webhooks/dispatch", "your-app.com", 443),
            ("https://Example.COM./hook?x=1&y=a@b", "example.com", 443),
            ("https://example.com:8443/", "example.com", 8443),
            ("https://xn--mnchen-3ya.example/", "xn--mnchen-3ya.example", 443),
            ("https://93.184.216.34/", "93.184.216.34", 443),
            ("https://[2606:4700::1111]:443/", "2606:4700::1111", 443),
        ])
    func taken(text: String, host: String, port: Int) throws {
        let url = try WebhookURL(text)
        #expect(url.host == host && url.port == port && url.text == text && !url.isAllowedAnyway)
    }

    @Test("a name is refused when one of its addresses is, or when it has none")
    func mixedAnswers() throws {
        let url = try WebhookURL("https://example.com/")
        let (good, bad) = (try #require(IPAddress("93.184.216.34")), try #require(IPAddress("10.0.0.1")))
        try url.vet([good])
        #expect(throws: WebhookURLProblem.self) { try url.vet([good, bad]) }
        #expect(throws: WebhookURLProblem.self) { try url.vet([]) }
    }

    @Test("what is allowed by host and port may be local and plain, and nothing else with it")
    func allowed() throws {
        let allowed: Set = ["127.0.0.1:24002"]
        let url = try WebhookURL("http://127.0.0.1:24002/_sim/sink/a", allowed: allowed)
        try url.vet([try #require(IPAddress("127.0.0.1"))])
        #expect(throws: WebhookURLProblem.self) { try WebhookURL("http://127.0.0.1:24003/", allowed: allowed) }
        #expect(throws: WebhookURLProblem.self) { try WebhookURL("http://localhost:24002/", allowed: allowed) }
        #expect(throws: WebhookURLProblem.self) { try WebhookURL("http://a@127.0.0.1:24002/", allowed: allowed) }
    }
}

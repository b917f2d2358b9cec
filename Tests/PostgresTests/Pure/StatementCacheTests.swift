import Testing

@testable import Postgres

@Suite("The statement cache")
struct StatementCacheTests {
    @Test("the least recently used statement makes room")
    func evicts() {
        var cache = StatementCache(capacity: 2)
        cache.insert(.init("a"), name: "s1")
        cache.insert(.init("b"), name: "s2")
        _ = cache.find(.init("a"))
        cache.insert(.init("c"), name: "s3")
        #expect(cache.find(.init("b")) == nil)
        #expect(cache.find(.init("a"))?.name == "s1")
        #expect(cache.takeDiscarded() == ["s2"])
        #expect(cache.takeDiscarded() == [])
    }

    @Test("one text with other parameter types is another statement")
    func types() {
        var cache = StatementCache()
        cache.insert(.init("SELECT \(1)"), name: "s1")
        #expect(cache.find(.init("SELECT \(2)"))?.name == "s1")
        #expect(cache.find(.init("SELECT \("2")")) == nil)
    }

    @Test("forgetting everything discards every name")
    func forgets() {
        var cache = StatementCache()
        cache.insert(.init("a"), name: "s1")
        cache.removeAll()
        #expect(cache.find(.init("a")) == nil)
        #expect(cache.takeDiscarded() == ["s1"])
    }
}

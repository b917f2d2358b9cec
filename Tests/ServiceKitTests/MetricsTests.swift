import CoreMetrics
import Metrics
import ServiceKit
import Testing

@Suite("Prometheus metrics")
struct MetricsTests {
    let registry = PrometheusRegistry()

    @Test("counters add up under one name, by label")
    func counters() {
        for workspace in ["a", "b", "a"] {
            Counter(label: "orders.received", dimensions: [("source", workspace)], factory: registry).increment()
        }
        expect("# TYPE orders_received_total counter")
        expect(#"orders_received_total{source="a"} 2"#)
        expect(#"orders_received_total{source="b"} 1"#)
        FloatingPointCounter(label: "seconds.waited", factory: registry).increment(by: 0.5)
        expect("seconds_waited_total 0.5")
    }

    @Test("meters and plain recorders are gauges")
    func gauges() {
        let meter = Meter(label: "pool.waiting", factory: registry)
        meter.set(5)
        meter.decrement(by: 2)
        expect("# TYPE pool_waiting gauge")
        expect("pool_waiting 3.0")
        Recorder(label: "last.batch", dimensions: [], aggregate: false, factory: registry).record(7)
        expect("last_batch 7.0")
    }

    @Test("timers are cumulative histograms in seconds")
    func timers() {
        let timer = Timer(label: "handler.duration", factory: registry)
        timer.recordMilliseconds(3)
        timer.recordMilliseconds(300)
        timer.recordSeconds(90)
        expect("# TYPE handler_duration_seconds histogram")
        expect(#"handler_duration_seconds_bucket{le="0.0025"} 0"#)
        expect(#"handler_duration_seconds_bucket{le="0.005"} 1"#)
        expect(#"handler_duration_seconds_bucket{le="0.5"} 2"#)
        expect(#"handler_duration_seconds_bucket{le="60.0"} 2"#)
        expect(#"handler_duration_seconds_bucket{le="+Inf"} 3"#)
        expect("handler_duration_seconds_count 3")
        #expect(registry.text.contains("handler_duration_seconds_sum 90.303"))
    }

    @Test("names and label values are made safe")
    func escaping() {
        Counter(label: "9 lives-of/cats", dimensions: [("error", "a \"b\"\\\nc")], factory: registry).increment()
        expect(#"_9_lives_of_cats_total{error="a \"b\"\\\nc"} 1"#)
    }

    @Test("a label with an id in it cannot fill the memory")
    func bounded() {
        for id in 0..<1_010 {
            Counter(label: "c", dimensions: [("id", "\(id)")], factory: registry).increment()
        }
        let lines = registry.text.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("c_total{") } == 1_000)
        expect("metrics_series_dropped_total 10")
    }

    @Test("every line is a comment or a sample, and the text ends with a line break")
    func format() throws {
        Counter(label: "a", factory: registry).increment()
        Timer(label: "b", factory: registry).recordNanoseconds(1)
        #expect(registry.text.hasSuffix("\n"))
        let sample = try Regex(#"^[a-zA-Z_:][a-zA-Z0-9_:]*(\{[^{}]*\})? [-+0-9.eInf]+$"#)
        for line in registry.text.split(separator: "\n") where !line.hasPrefix("# TYPE ") {
            #expect(try sample.wholeMatch(in: line) != nil, "\(line)")
        }
    }

    private func expect(_ line: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let lines = registry.text.split(separator: "\n").map(String.init)
        #expect(lines.contains(line), "\(registry.text)", sourceLocation: sourceLocation)
    }
}

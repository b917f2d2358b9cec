/// What happens next: a heap of work by virtual time, in milliseconds since the beginning.
struct Agenda {
    private struct Entry {
        let at: Int
        /// Breaks ties: first come, first served.
        let order: Int
        let work: () -> Void

        func precedes(_ other: Entry) -> Bool { (at, order) < (other.at, other.order) }
    }

    private var heap: [Entry] = []
    private var order = 0

    var isEmpty: Bool { heap.isEmpty }

    mutating func add(at: Int, _ work: @escaping () -> Void) {
        order += 1
        heap.append(Entry(at: at, order: order, work: work))
        var child = heap.count - 1
        while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func next() -> (at: Int, work: () -> Void)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return (first.at, first.work)
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].precedes(heap[least]) { least = child }
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}

/// A queue in an array: taking from the front moves an index, and the used part is dropped when it outweighs the rest.
struct FIFO<Element> {
    private var elements: [Element] = []
    private var head = 0

    var isEmpty: Bool { head == elements.count }
    var count: Int { elements.count - head }
    var first: Element? { isEmpty ? nil : elements[head] }

    mutating func append(_ element: Element) {
        elements.append(element)
    }

    mutating func removeFirst() {
        head += 1
        compact()
    }

    /// Takes up to `max` elements from the front.
    mutating func take(_ max: Int) -> [Element] {
        let taken = Array(elements[head..<(head + Swift.min(max, count))])
        head += taken.count
        compact()
        return taken
    }

    mutating func removeAll(where condition: (Element) -> Bool) {
        elements.removeFirst(head)
        head = 0
        elements.removeAll(where: condition)
    }

    private mutating func compact() {
        // LIMIT: moving at most as many as were taken keeps every operation constant on average.
        guard head >= 64, head * 2 >= elements.count else { return }
        elements.removeFirst(head)
        head = 0
    }
}

extension RefundRequestForm {
    /// Reads the form. Failure: everything that is wrong with it, also with its meaning, in one go.
    ///
    /// A form that can be read may still not be computed; `RefundCalculation` tells.
    public func request() throws(RefundProblems) -> RefundRequest {
        var reading = RefundRequestReading(self)
        let request = reading.request()
        if let request, reading.problems.isEmpty { return request }
        let further = request?.problems.filter { !$0.mayFollow(from: reading.problems) } ?? []
        throw RefundProblems(reading.problems + further) ?? .unreadable
    }
}

extension RefundProblem {
    /// Whether it may be there only because something else in its entry, or a line it needs, could not be read.
    fileprivate func mayFollow(from others: [RefundProblem]) -> Bool {
        others.contains { other in
            [other.field[...], other.field.entry].contains(field.entry)
                || code == .unknownLine && other.field.hasPrefix("order.lines")
        }
    }
}

extension RefundProblems {
    fileprivate static let unreadable = RefundProblems(
        first: RefundProblem(.missing, field: "order", "The request cannot be read; give an order and a return."))
}

extension String {
    /// The path without its last part.
    fileprivate var entry: Substring {
        lastIndex(of: ".").map { self[..<$0] } ?? self[...]
    }
}

/// One handing over of a sales order to the warehouse.
struct Dispatch: Equatable, Sendable {
    /// The warehouse's order number.
    let number: String
    /// Counts the dispatches of the same sales order.
    let generation: Int
    let isCancelled: Bool

    /// What a sales order is dispatched under, given its latest dispatch.
    ///
    /// The number is the sales order's own. A cancelled number can never be used again at the warehouse: the next
    /// dispatch of the same sales order is `SO10045-2`.
    static func next(salesOrder number: String, after latest: Dispatch?) -> Dispatch {
        guard let latest else { return Dispatch(number: number, generation: 1, isCancelled: false) }
        guard latest.isCancelled else { return latest }
        let generation = latest.generation + 1
        return Dispatch(number: "\(number)-\(generation)", generation: generation, isCancelled: false)
    }
}

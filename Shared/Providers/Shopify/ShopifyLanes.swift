import Commerce
import HTTPTransport

/// The shop's two leaky buckets: REST counts requests, GraphQL points of cost.
extension ShopifySettings {
    var restLane: GateLane {
        GateLane("shopify/rest", GateLimits(rate: rest.withMargin, failuresMax: failuresMax)) { response in
            var reading = GateReading(usual: response)
            reading.tokensLeft = ShopifyCallLimit(response).map { Double($0.size - $0.used) }
            return reading
        }
    }

    var graphQLLane: GateLane {
        GateLane("shopify/graphql", GateLimits(rate: graphQL.withMargin, failuresMax: failuresMax)) { response in
            var reading = GateReading(usual: response)
            guard let answer = try? ProviderJSON.decode(Throttled.self, from: response.body) else { return reading }
            reading.tokensLeft = answer.cost?.throttleStatus?.currentlyAvailable
            // WHY: the shop says so in an answer of status 200.
            if answer.errors.contains(where: { $0.code == "THROTTLED" }) {
                reading.isLimited = true
                reading.retryAfter = answer.cost?.wait
            }
            return reading
        }
    }

    private var rest: GateLimits.Rate { .init(perSecond: callsPerSecond, burst: callsBurst) }
    private var graphQL: GateLimits.Rate { .init(perSecond: pointsPerSecond, burst: pointsBurst) }
    private typealias Throttled = ShopifyGraphQLAnswer<JSONValue>
}

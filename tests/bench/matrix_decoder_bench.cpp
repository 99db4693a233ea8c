// SPDX-License-Identifier: GPL-3.0-or-later
// The matrix decoder against the same extraction from a whole nlohmann document: 200 series of 1,000 points.
#include "models/http/json_reader.h"
#include "models/metrics/matrix_decoder.h"

#include <benchmark/benchmark.h>

#include <charconv>

namespace {

const QByteArray &document()
{
    static const QByteArray bytes = [] {
        QByteArray made = R"({"status":"success","data":{"resultType":"matrix","result":[)";
        for (int s = 0; s < 200; ++s) {
            made += (s == 0 ? "" : ",") +
                    QByteArray(R"({"metric":{"__name__":"http_requests_total","job":"api","instance":"i-)") +
                    QByteArray::number(s) + R"(","method":"GET","status":"200"},"values":[)";
            for (int i = 0; i < 1000; ++i) {
                made += (i == 0 ? "[" : ",[") + QByteArray::number(1'795'445'052 + 15 * i) + ",\"" +
                        QByteArray::number((s * 7919 + i * 104'729) % 1'000'003 / 1e6, 'f', 6) + "\"]";
            }
            made += "]}";
        }
        return made + "]}}";
    }();
    return bytes;
}

void decodeMatrix(benchmark::State &state)
{
    for (auto _ : state) {
        auto result = atalaya::metrics::decodeQueryResult(document(), {});
        if (!result || result->series.size() != 200)
            state.SkipWithError("not decoded");
        benchmark::DoNotOptimize(result);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * document().size());
}
BENCHMARK(decodeMatrix)->Unit(benchmark::kMillisecond);

void extractFromDocument(benchmark::State &state)
{
    for (auto _ : state) {
        const auto json = nlohmann::json::parse(document().begin(), document().end());
        std::vector<atalaya::metrics::Series> all;
        for (const auto &each : json["data"]["result"]) {
            atalaya::metrics::Series series;
            for (const auto &[name, value] : each["metric"].items())
                series.labels[QString::fromStdString(name)] = QString::fromStdString(value.get<std::string>());
            for (const auto &point : each["values"]) {
                const auto &text = point[1].get_ref<const std::string &>();
                double value = 0;
                std::from_chars(text.data(), text.data() + text.size(), value);
                series.times.push_back(static_cast<std::int64_t>(point[0].get<double>() * 1000));
                series.values.push_back(value);
            }
            all.push_back(std::move(series));
        }
        benchmark::DoNotOptimize(all);
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * document().size());
}
BENCHMARK(extractFromDocument)->Unit(benchmark::kMillisecond);

} // namespace

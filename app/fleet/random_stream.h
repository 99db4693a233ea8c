// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>

namespace atalaya::fleet {

/// Reproducible chance: the same seed gives the same draws on every machine (the standard fixes the generator but not
/// its distributions, so those are ours).
class RandomStream
{
public:
    explicit RandomStream(std::uint64_t seed) : m_generator(seed) {}
    /// A stream of its own for one purpose, independent of the others.
    RandomStream(std::uint64_t seed, std::string_view purpose) : RandomStream(mix(seed, purpose)) {}

    std::uint64_t draw() { return m_generator(); }
    /// In [0, 1).
    double uniform();
    bool chance(double probability) { return uniform() < probability; }
    double exponential(double mean);
    double normal();
    double lognormal(double median, double sigma);
    /// An index, as likely as its weight.
    std::size_t pick(std::span<const double> weights);
    /// A version 4 UUID in lower case.
    std::string uuid();

private:
    static std::uint64_t mix(std::uint64_t seed, std::string_view purpose);

    std::mt19937_64 m_generator;
};

} // namespace atalaya::fleet

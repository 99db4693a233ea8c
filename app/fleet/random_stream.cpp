// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/random_stream.h"

#include <cmath>
#include <numbers>

namespace atalaya::fleet {

double RandomStream::uniform()
{
    return double(m_generator() >> 11) * 0x1.0p-53;
}

double RandomStream::exponential(double mean)
{
    return -mean * std::log1p(-uniform());
}

double RandomStream::normal()
{
    const double radius = std::sqrt(-2.0 * std::log1p(-uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

double RandomStream::lognormal(double median, double sigma)
{
    return median * std::exp(sigma * normal());
}

std::size_t RandomStream::pick(std::span<const double> weights)
{
    double total = 0;
    for (const double weight : weights)
        total += weight;
    double left = uniform() * total;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        left -= weights[i];
        if (left < 0)
            return i;
    }
    return weights.empty() ? 0 : weights.size() - 1;
}

std::string RandomStream::uuid()
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
    std::uint64_t bits = 0;
    int left = 0;
    for (char &c : text) {
        if (c != 'x' && c != 'y')
            continue;
        if (left == 0) {
            bits = m_generator();
            left = 16;
        }
        const unsigned nibble = bits & 0xf;
        c = digits[c == 'y' ? (nibble & 0x3) | 0x8 : nibble];
        bits >>= 4;
        --left;
    }
    return text;
}

std::uint64_t RandomStream::mix(std::uint64_t seed, std::string_view purpose)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ seed;
    for (const char c : purpose) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ULL;
    }
    hash ^= hash >> 30;
    hash *= 0xbf58476d1ce4e5b9ULL;
    return hash ^ (hash >> 27);
}

} // namespace atalaya::fleet

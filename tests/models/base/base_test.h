// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace atalaya {

inline void PrintTo(const Error &error, std::ostream *out)
{
    *out << wordsFor(error.kind).toStdString() << ": " << sentenceFor(error).toStdString();
}

} // namespace atalaya

// Found by GoogleTest in the namespace of the type: QString's is the global one.
inline void PrintTo(const QString &text, std::ostream *out)
{
    *out << '"' << text.toStdString() << '"';
}

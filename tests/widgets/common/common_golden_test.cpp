// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "tests/widgets/common/gallery.h"

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;

TEST(CommonGolden, TilesPillsAndTogglesLookAsApproved)
{
    for (const QString &scheme : {u"dark"_s, u"light"_s}) {
        test::pinLooks(scheme);
        const auto tiles = test::tileSheet();
        EXPECT_TRUE(test::matchesGolden(test::pictureOf(*tiles, {620, 210}), u"tiles-"_s + scheme));
        const auto controls = test::controlSheet();
        EXPECT_TRUE(test::matchesGolden(test::pictureOf(*controls, {860, 330}), u"controls-"_s + scheme));
    }
}

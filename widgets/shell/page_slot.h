// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/icons.h"

#include <QtCore/QTimeZone>
#include <QtCore/QVariantMap>
#include <QtWidgets/QWidget>

#include <functional>

namespace atalaya::shell {

/// One place of the rail and what the window asks of the page behind it. The page is made when it is first shown, so
/// that a window opens with the cost of one page.
struct PageSlot
{
    QString name;
    QString word;
    theme::Icon icon = theme::Icon::Overview;
    bool atBottom = false;
    std::function<QWidget *(PageSlot &)> make;

    QWidget *widget = nullptr;
    std::function<QString()> subtitle;
    std::function<bool()> isSettled;
    std::function<void(const QString &)> filterSystem;
    std::function<void(const QTimeZone &)> setTimeZone;
    std::function<QVariantMap()> remembered;
    std::function<void(const QVariantMap &)> recall;
};

/// Fills a slot's functions from a page that has them all under these names.
template <typename Page>
Page *fillSlot(PageSlot &slot, Page *page)
{
    slot.widget = page;
    slot.subtitle = [page] { return page->subtitle(); };
    slot.isSettled = [page] { return page->isSettled(); };
    slot.filterSystem = [page](const QString &key) { page->filterSystem(key); };
    slot.setTimeZone = [page](const QTimeZone &zone) { page->setTimeZone(zone); };
    slot.remembered = [page] { return page->remembered(); };
    slot.recall = [page](const QVariantMap &map) { page->recall(map); };
    return page;
}

} // namespace atalaya::shell

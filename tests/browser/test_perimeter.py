"""« Mon périmètre » as people build it: click, lasso, keyboard, list, file, on a phone too."""

import re

import pytest
from playwright.sync_api import expect

from .test_accessibility import inspect

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(page, site):
    """The page, its map drawn; returns the box of the map."""

    def open_page(query: str = ""):
        page.goto(f"{site}/perimetre/{query}")
        expect(page.locator(".board[data-ready]")).to_be_visible()
        return page.locator(".board canvas").bounding_box()

    return open_page


@pytest.fixture
def units(demo_edition):
    """Two intercommunalités and a commune of a third: ids and names."""
    geography = demo_edition.geography
    mesh = geography.mesh("epci")
    node = int(mesh.unit_members(2)[0])
    return {
        "first": (mesh.codes[0], mesh.names[0]),
        "second": (mesh.codes[1], mesh.names[1]),
        "commune": (geography.codes[node], geography.names[node]),
    }


def typeset(name: str) -> str:
    return name.replace("'", "’")


def members(page):
    return page.locator(".composed-list > li")


def test_a_click_adds_a_second_takes_out_and_back_undoes(page, opened):
    box = opened()
    middle = (box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.55)
    page.mouse.click(*middle)
    expect(members(page)).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?avec=\d{9}$"))
    name = members(page).locator("b").inner_text()
    expect(page.locator("#annonce")).to_contain_text(name)
    expect(page.get_by_role("link", name="Voir son portrait")).to_be_visible()
    expect(page.get_by_role("heading", name="Les périmètres qu’il rencontre")).to_be_visible()
    page.mouse.click(*middle)
    expect(page.get_by_role("heading", name="Périmètre vide")).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    expect(members(page)).to_have_count(1)
    page.go_back()
    expect(page.get_by_role("button", name="Annuler")).to_be_disabled()
    expect(page.get_by_role("heading", name="Périmètre vide")).to_be_visible()


def surround(page, box, share=0.98):
    """A turn around the middle of the map, below its tools."""
    west, east = box["x"] + box["width"] * (1 - share), box["x"] + box["width"] * share
    north, south = box["y"] + 4, box["y"] + box["height"] * share
    return [(west, north), (east, north), (east, south), (west, south), (west, north + 8)]


def drag(page, points):
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=6)
    page.mouse.up()


def test_a_lasso_adds_what_it_surrounds_and_another_takes_it_out(page, opened, demo_edition, shoot):
    box = opened()
    page.get_by_role("button", name="Lasso : ajouter").click()
    left, right = box["x"] + 4, box["x"] + box["width"] - 4
    low = box["y"] + box["height"] - 4
    high = box["y"] + box["height"] * 0.62
    drag(page, [(left, high), (right, high), (right, low), (left, low), (left, high + 4)])
    expect(members(page).first).to_be_visible()
    some = members(page).count()
    assert 0 < some < len(demo_edition.geography.mesh("epci").codes)
    shoot(page, "perimetre-lasso")
    page.get_by_role("button", name="Lasso : retirer").click()
    drag(page, [(left, high), (right, high), (right, low), (left, low), (left, high + 4)])
    expect(page.get_by_role("heading", name="Périmètre vide")).to_be_visible()


def test_communes_are_chosen_from_near(page, opened, units):
    opened(f"?avec={units['first'][0]}")
    page.get_by_label("Territoires à choisir sur la carte").select_option("commune")
    page.get_by_role("button", name="Cadrer sur le périmètre").click()
    expect(page.locator("#carte-aide")).to_contain_text("Cliquez")
    page.wait_for_load_state("networkidle")
    box = page.locator(".board canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.55)
    expect(page.get_by_role("heading", name=units["first"][1])).to_have_count(0)
    expect(page).to_have_url(re.compile("avec="))


def test_the_keyboard_is_enough(page, opened, units):
    """Suggestions add; on the map, arrows move and enter chooses; the list takes out."""
    opened()
    page.get_by_label("Ajouter un territoire").focus()
    page.keyboard.type(units["first"][0])
    expect(page.locator("#ajouter-suggestions [role=option]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(members(page)).to_have_count(1)
    canvas = page.get_by_role("application")
    canvas.focus()
    page.keyboard.press("+")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#annonce")).to_contain_text("communes")
    page.keyboard.press("Enter")
    expect(page.locator("#etat")).not_to_have_attribute("aria-busy", "true")
    page.get_by_role("link", name="Tout retirer").focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="Périmètre vide")
    expect(heading).to_be_focused()


def test_a_pasted_list_is_read_then_named(page, opened, units, shoot):
    opened()
    text = "\n".join([units["first"][0], units["second"][1], units["commune"][0], "99999"])
    page.get_by_label("Codes de communes, numéros SIREN ou noms").fill(text)
    page.get_by_role("button", name="Lire la liste").click()
    expect(page.get_by_role("heading", name="À revoir")).to_be_visible()
    inspect(page, "perimetre-liste", shoot)
    page.get_by_role("button", name="Continuer avec ce qui est reconnu").click()
    expect(members(page)).to_have_count(3)
    page.get_by_label("Nom du périmètre").fill("Pays d’essai")
    page.get_by_role("button", name="Nommer").click()
    expect(page.get_by_role("heading", name="Pays d’essai")).to_be_visible()
    expect(page).to_have_url(re.compile("nom=Pays"))
    page.reload()
    expect(page.locator(".board[data-ready]")).to_be_visible()
    inspect(page, "perimetre", shoot)
    page.get_by_role("link", name="Voir son portrait").click()
    expect(page).to_have_url(re.compile(r"/territoires/"))


def test_a_file_without_javascript(browser, site, units):
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(f"{site}/perimetre/")
    content = f"commune;code\nx;{units['commune'][0]}\ny;{units['first'][0]}".encode()
    page.get_by_label("Un fichier CSV ou Excel").set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Lire le fichier").click()
    page.get_by_role("button", name="Ajouter au périmètre").click()
    expect(members(page)).to_have_count(2)
    expect(page.locator(".board-still .here")).to_have_count(1)
    page.get_by_role("link", name=f"Retirer {typeset(units['first'][1])}", exact=True).click()
    expect(members(page)).to_have_count(1)
    context.close()


def test_a_touch_chooses_and_two_fingers_zoom(browser, site):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, locale="fr-FR"
    )
    page = context.new_page()
    page.goto(f"{site}/perimetre/")
    expect(page.locator(".board[data-ready]")).to_be_visible()
    expect(page.locator("#carte-aide")).to_contain_text("Touchez")
    canvas = page.locator(".board canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.6
    page.touchscreen.tap(x, y)
    expect(members(page)).to_have_count(1)
    out = page.get_by_role("button", name="Dézoomer")
    expect(out).to_be_disabled()
    fingers = page.context.new_cdp_session(page)
    for kind, gap in (("touchStart", 30), ("touchMove", 60), ("touchMove", 90)):
        points = [{"x": x - gap, "y": y, "id": 1}, {"x": x + gap, "y": y, "id": 2}]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(out).to_be_enabled()
    expect(members(page)).to_have_count(1)
    context.close()


def test_a_known_mesh_is_ticked(page, site, units, shoot):
    page.goto(f"{site}/perimetre/maille/")
    page.get_by_label("Découpage").select_option("crte")
    page.get_by_role("button", name="Voir la liste").click()
    page.get_by_role("checkbox").first.check()
    inspect(page, "perimetre-maille", shoot)
    page.get_by_role("button", name="Ajouter au périmètre").first.click()
    expect(page).to_have_url(re.compile(r"avec="))
    expect(members(page).first).to_be_visible()


def test_an_empty_page_is_accessible(page, opened, shoot):
    opened()
    inspect(page, "perimetre-vide", shoot)


def test_the_map_is_light_and_drawn_at_once(page, opened, site):
    """Under what a map may weigh, and 0.6 s from its data to its first drawing."""
    opened()
    assert page.evaluate("performance.getEntriesByName('carte')[0].duration") < 600
    script = page.locator("script[src*='perimeter']").get_attribute("src")
    assert len(page.request.get(f"{site}{script}").body()) < 25_000

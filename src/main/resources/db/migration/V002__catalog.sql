CREATE TABLE plan (
    id         uuid PRIMARY KEY DEFAULT uuidv7(),
    slug       text NOT NULL UNIQUE,
    name       text NOT NULL,
    is_public  boolean NOT NULL,
    is_active  boolean NOT NULL DEFAULT true,
    position   integer NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE plan IS 'What an account may be on; what that means stands in its versions';

CREATE TABLE plan_version (
    id                   uuid PRIMARY KEY DEFAULT uuidv7(),
    plan_id              uuid NOT NULL REFERENCES plan (id),
    version              integer NOT NULL CHECK (version > 0),
    currency             char(3) NOT NULL,
    monthly_price_minor  bigint NOT NULL CHECK (monthly_price_minor >= 0),
    annual_price_minor   bigint CHECK (annual_price_minor >= 0),
    included_credits     bigint NOT NULL CHECK (included_credits >= 0),
    credits_once         boolean NOT NULL,
    max_sites            integer NOT NULL CHECK (max_sites >= 0),
    max_users            integer NOT NULL CHECK (max_users >= 0),
    max_sectors_per_site integer NOT NULL CHECK (max_sectors_per_site >= 0),
    trial_days           integer CHECK (trial_days > 0),
    features             text[] NOT NULL,
    created_at           timestamptz NOT NULL DEFAULT now(),
    UNIQUE (plan_id, version),
    UNIQUE (plan_id, id)
);
COMMENT ON TABLE plan_version IS
    'The terms of a plan; never changed, so that a subscriber keeps what was agreed. 0 = unlimited';

CREATE TABLE credit_cost (
    id             uuid PRIMARY KEY DEFAULT uuidv7(),
    operation      text NOT NULL,
    unit           text NOT NULL,
    credits        bigint NOT NULL CHECK (credits >= 0),
    effective_from timestamptz NOT NULL,
    UNIQUE (operation, effective_from)
);
COMMENT ON TABLE credit_cost IS 'What a unit of an operation costs from a moment on';

CREATE TABLE industry (
    id   integer PRIMARY KEY,
    slug text NOT NULL UNIQUE,
    name text NOT NULL UNIQUE
);
COMMENT ON TABLE industry IS 'The public catalogue a site picks from; ids are stable';

CREATE TABLE industry_sector (
    id          integer PRIMARY KEY,
    industry_id integer NOT NULL REFERENCES industry (id),
    slug        text NOT NULL,
    name        text NOT NULL,
    UNIQUE (industry_id, slug),
    UNIQUE (industry_id, id)
);
COMMENT ON TABLE industry_sector IS 'The lines of business of an industry; ids are stable';

CREATE FUNCTION refuse_version_change() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A plan version is never changed; add another' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER plan_version_is_immutable BEFORE UPDATE OR DELETE ON plan_version
    FOR EACH ROW EXECUTE FUNCTION refuse_version_change();

GRANT SELECT ON plan, plan_version, credit_cost, industry, industry_sector TO igny8_app;
GRANT SELECT, INSERT, UPDATE ON plan, plan_version, credit_cost, industry, industry_sector
    TO igny8_platform;

-- Plans as they are sold at the start; operators add versions later
WITH terms (slug, name, is_public, position, price, credits, once, sites, users, sectors, trial,
            features) AS (VALUES
    ('free-trial', 'Free Trial', false, 1, 0, 2000, true, 1, 1, 3, 14,
     '{ai_writer,image_gen}'::text[]),
    ('free', 'Free Plan', true, 2, 0, 1000, false, 1, 1, 1, NULL, '{}'),
    ('starter', 'Starter', true, 3, 8900, 1000, false, 1, 2, 5, NULL, '{ai_writer,image_gen}'),
    ('growth', 'Growth', true, 4, 13900, 2000, false, 3, 3, 5, NULL,
     '{ai_writer,image_gen,auto_publish}'),
    ('scale', 'Scale', true, 5, 22900, 4000, false, 5, 5, 5, NULL,
     '{ai_writer,image_gen,auto_publish,custom_prompts}'),
    ('enterprise', 'Enterprise Plan', false, 6, 0, 10000, false, 20, 10000, 0, NULL,
     '{ai_writer,image_gen,auto_publish,custom_prompts,unlimited}')
), plans AS (
    INSERT INTO plan (slug, name, is_public, position)
    SELECT slug, name, is_public, position FROM terms ORDER BY position
    RETURNING id, slug
)
INSERT INTO plan_version (plan_id, version, currency, monthly_price_minor, included_credits,
                          credits_once, max_sites, max_users, max_sectors_per_site, trial_days,
                          features)
SELECT plans.id, 1, 'USD', price, credits, once, sites, users, sectors, trial, features
  FROM terms JOIN plans USING (slug);

INSERT INTO credit_cost (operation, unit, credits, effective_from) VALUES
    ('clustering', 'started_1000_keywords', 10, '2026-01-01Z'),
    ('idea_generation', 'idea', 2, '2026-01-01Z'),
    ('content_generation', 'started_100_words', 1, '2026-01-01Z'),
    ('image_prompt_extraction', 'article', 2, '2026-01-01Z'),
    ('image_generation', 'image', 5, '2026-01-01Z');

INSERT INTO industry (id, slug, name) VALUES
    (1, 'technology', 'Technology'),
    (2, 'healthcare-medical', 'Healthcare & Medical'),
    (3, 'home-garden', 'Home & Garden'),
    (4, 'finance-insurance', 'Finance & Insurance'),
    (5, 'education-training', 'Education & Training'),
    (6, 'travel-hospitality', 'Travel & Hospitality'),
    (7, 'food-beverage', 'Food & Beverage'),
    (8, 'fashion-beauty', 'Fashion & Beauty'),
    (9, 'automotive', 'Automotive'),
    (10, 'real-estate', 'Real Estate'),
    (11, 'legal-services', 'Legal Services'),
    (12, 'sports-fitness', 'Sports & Fitness'),
    (13, 'construction-trades', 'Construction & Trades'),
    (14, 'media-entertainment', 'Media & Entertainment');

INSERT INTO industry_sector (id, industry_id, slug, name) VALUES
    (101, 1, 'software-saas', 'Software & SaaS'),
    (102, 1, 'cloud-hosting', 'Cloud & Hosting'),
    (103, 1, 'cybersecurity', 'Cybersecurity'),
    (104, 1, 'consumer-electronics', 'Consumer Electronics'),
    (105, 1, 'it-services', 'IT Services'),
    (106, 1, 'data-ai', 'Data & AI'),
    (201, 2, 'hospitals-clinics', 'Hospitals & Clinics'),
    (202, 2, 'dental-care', 'Dental Care'),
    (203, 2, 'mental-health', 'Mental Health'),
    (204, 2, 'medical-devices', 'Medical Devices'),
    (205, 2, 'pharmacy', 'Pharmacy'),
    (206, 2, 'physiotherapy', 'Physiotherapy'),
    (301, 3, 'furniture', 'Furniture'),
    (302, 3, 'gardening', 'Gardening'),
    (303, 3, 'kitchen-bath', 'Kitchen & Bath'),
    (304, 3, 'interior-design', 'Interior Design'),
    (305, 3, 'home-improvement', 'Home Improvement'),
    (306, 3, 'smart-home', 'Smart Home'),
    (401, 4, 'banking', 'Banking'),
    (402, 4, 'insurance', 'Insurance'),
    (403, 4, 'investing', 'Investing'),
    (404, 4, 'mortgages-loans', 'Mortgages & Loans'),
    (405, 4, 'accounting-tax', 'Accounting & Tax'),
    (501, 5, 'schools', 'Schools'),
    (502, 5, 'universities', 'Universities'),
    (503, 5, 'online-courses', 'Online Courses'),
    (504, 5, 'language-learning', 'Language Learning'),
    (505, 5, 'professional-training', 'Professional Training'),
    (601, 6, 'hotels', 'Hotels'),
    (602, 6, 'flights', 'Flights'),
    (603, 6, 'tours-activities', 'Tours & Activities'),
    (604, 6, 'vacation-rentals', 'Vacation Rentals'),
    (605, 6, 'car-rental', 'Car Rental'),
    (701, 7, 'restaurants', 'Restaurants'),
    (702, 7, 'recipes-cooking', 'Recipes & Cooking'),
    (703, 7, 'coffee-tea', 'Coffee & Tea'),
    (704, 7, 'groceries', 'Groceries'),
    (705, 7, 'wine-spirits', 'Wine & Spirits'),
    (801, 8, 'clothing', 'Clothing'),
    (802, 8, 'shoes', 'Shoes'),
    (803, 8, 'skincare', 'Skincare'),
    (804, 8, 'hair-care', 'Hair Care'),
    (805, 8, 'jewellery-watches', 'Jewellery & Watches'),
    (901, 9, 'car-dealers', 'Car Dealers'),
    (902, 9, 'parts-accessories', 'Parts & Accessories'),
    (903, 9, 'repair-maintenance', 'Repair & Maintenance'),
    (904, 9, 'electric-vehicles', 'Electric Vehicles'),
    (905, 9, 'motorcycles', 'Motorcycles'),
    (1001, 10, 'residential-sales', 'Residential Sales'),
    (1002, 10, 'rentals', 'Rentals'),
    (1003, 10, 'commercial-property', 'Commercial Property'),
    (1004, 10, 'property-management', 'Property Management'),
    (1005, 10, 'new-developments', 'New Developments'),
    (1101, 11, 'family-law', 'Family Law'),
    (1102, 11, 'personal-injury', 'Personal Injury'),
    (1103, 11, 'business-law', 'Business Law'),
    (1104, 11, 'immigration', 'Immigration'),
    (1105, 11, 'estate-planning', 'Estate Planning'),
    (1201, 12, 'gyms-studios', 'Gyms & Studios'),
    (1202, 12, 'running', 'Running'),
    (1203, 12, 'cycling', 'Cycling'),
    (1204, 12, 'nutrition-supplements', 'Nutrition & Supplements'),
    (1205, 12, 'outdoor-sports', 'Outdoor Sports'),
    (1301, 13, 'roofing', 'Roofing'),
    (1302, 13, 'plumbing', 'Plumbing'),
    (1303, 13, 'electricians', 'Electricians'),
    (1304, 13, 'heating-cooling', 'Heating & Cooling'),
    (1305, 13, 'general-contractors', 'General Contractors'),
    (1401, 14, 'film-television', 'Film & Television'),
    (1402, 14, 'music', 'Music'),
    (1403, 14, 'games', 'Games'),
    (1404, 14, 'books-publishing', 'Books & Publishing'),
    (1405, 14, 'events-tickets', 'Events & Tickets');
